package waybill.cli.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import waybill.cli.city.CityGenerator;

class StoreTest {

    @Test
    void theStoresOfACityAreThemselvesAndApart() {
        var city = CityGenerator.city(1);
        var stores = Store.of(city, new SplittableRandom(3));
        assertThat(stores.stream().map(Store::id)).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(stores).isEqualTo(Store.of(city, new SplittableRandom(3)));
        for (var store : stores) {
            assertThat(store.products()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(stores)
                    .filteredOn(other -> !other.equals(store))
                    .allSatisfy(other -> assertThat(other.address()
                                    .door()
                                    .distanceTo(store.address().door()))
                            .isGreaterThan(100));
        }
    }
}
