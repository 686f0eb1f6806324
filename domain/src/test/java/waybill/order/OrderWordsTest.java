package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.geo.Address;

class OrderWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RND-20260131-0001 | rnd 20260131 0001
            Crème Brûlée      | creme brulee
            Ｆｕｌｌ ½         | full 1 2
            Ålesund, Straße 7 | alesund strasse 7
            Døe, ŁÓDŹ, Æsop   | doe lodz aesop
            naïve "AND" a*b   | naive and a b
            हिन्दी              | हिन्दी
            東京 7            | 東京 7
            🍕x y🍕            | x y
            """)
    void textIsSplitIntoFoldedWords(String text, String words) {
        assertThat(OrderWords.split(text)).containsExactly(words.split(" "));
    }

    @Test
    void anyTextIsSplitIntoWordsThatStayTheSame() {
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++) {
            var text = random.ints(random.nextInt(60), 0, Character.MAX_CODE_POINT + 1)
                    .map(character -> random.nextBoolean() ? character % 700 : character)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var words = OrderWords.split(text);
            assertThat(words)
                    .allSatisfy(word -> assertThat(word)
                            .doesNotContainPattern("[\\x00-\\x2f:-@\\[-`{-\\x7f]")
                            .satisfies(one -> assertThat(one.codePointCount(0, one.length()))
                                    .isBetween(1, OrderWords.CHARACTERS_MAX)));
        }
    }

    @Test
    void anOrderHasALimitedNumberOfWords() {
        var items = IntStream.range(0, OrderDetails.ITEMS_MAX)
                .mapToObj(i -> new Item("p" + i, "product" + i + " of" + i, 1, null))
                .toList();
        var words = OrderWords.of(order(items));
        assertThat(words).hasSize(OrderWords.WORDS_MAX).contains("wb", "storgata", "product0");
    }

    @Test
    void theIdThatTheHubGaveIsNoWord() {
        assertThat(OrderWords.of(order(List.of())))
                .containsExactly("wb", "1", "ext", "7", "ada", "47", "11", "4711", "storgata");
    }

    private static Order order(List<Item> items) {
        var id = new OrderId(new UUID(1, 2));
        var customer = new Customer("ada", "Ada", "+47 11");
        var details = new OrderDetails(customer, Address.UNKNOWN, new Address("Storgata", null), items, null, null);
        return new Order(
                id,
                "WB-1",
                "acme",
                id.toString(),
                "EXT-7",
                OrderState.PENDING,
                null,
                0,
                details,
                Instant.EPOCH,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                1);
    }
}
