package waybill.cli.caps;

import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParcelTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"store":"a","orderId":"7"}                                              | a | 7
            {"storeId":"a","id":7}                                                   | a | 7
            {"vendorId":"a","messageId":"7"}                                         | a | 7
            {"clientId":"a","messageId":"7","order":{"store":"b","orderId":"8"}}     | a | 7
            {"event":"pickup","order":{"store":"a","orderId":"7"}}                   | a | 7
            """)
    void storeAndIdAreFoundUnderAllTheirNames(String message, String store, String id) {
        assertThat(Parcel.of(new JSONObject(message)))
                .get()
                .extracting(Parcel::store, Parcel::id)
                .containsExactly(store, id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}
            {"store":"a"}
            {"orderId":"7"}
            {"store":{},"orderId":"7"}
            {"store":null,"orderId":"7"}
            """)
    void aMessageWithoutStoreOrIdHasNoParcel(String message) {
        assertThat(Parcel.of(new JSONObject(message))).isEmpty();
    }

    @Test
    void aCustomerWithoutANameIsCalledCustomer() {
        assertThat(Parcel.of(new JSONObject("{'store':'a','orderId':'7'}")))
                .get()
                .extracting(Parcel::customer)
                .isEqualTo("customer");
    }

    @Test
    void withEventLeavesTheOriginalUnchanged() {
        var message = new JSONObject("{'event':'pickup','clientId':'a','messageId':'7'}");
        var copy = Parcel.of(message).orElseThrow().withEvent("in-transit");
        assertThat(copy.getString("event")).isEqualTo("in-transit");
        assertThat(message.getString("event")).isEqualTo("pickup");
    }
}
