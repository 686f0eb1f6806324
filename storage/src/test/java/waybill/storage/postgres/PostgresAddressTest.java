package waybill.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {

    @Test
    void theUserAndThePasswordAreThoseOfTheUrl() {
        var address = PostgresAddress.parse("postgresql://hub:a%40b+c@db.example:6432/orders?sslmode=verify-full");
        assertThat(address)
                .isEqualTo(new PostgresAddress("db.example:6432", "orders", "sslmode=verify-full", "hub", "a@b+c"));
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/orders?sslmode=verify-full");
    }

    @Test
    void whatIsLeftOutHasADefault() {
        assertThat(PostgresAddress.parse("postgres://db/orders"))
                .isEqualTo(new PostgresAddress("db:5432", "orders", "", null, null));
        assertThat(PostgresAddress.parse("postgres://hub@db/orders").userOrNone())
                .isEqualTo("hub");
    }

    @Test
    void ofSeveralServersTheOneThatTakesWritesIsUsed() {
        var address = PostgresAddress.parse("postgresql://hub:secret@db1,db2:6432/orders?sslmode=require");
        assertThat(address)
                .isEqualTo(new PostgresAddress("db1:5432,db2:6432", "orders", "sslmode=require", "hub", "secret"));
        assertThat(address.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db1:5432,db2:6432/orders" + "?sslmode=require&targetServerType=primary");
        assertThat(PostgresAddress.parse("postgresql://a,b/orders?targetServerType=any")
                        .jdbcUrl())
                .endsWith("/orders?targetServerType=any");
    }

    @Test
    void itsTextHasNoPassword() {
        assertThat(PostgresAddress.parse("postgresql://hub:secret@db/orders"))
                .hasToString("postgresql://db:5432/orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://hub:secret@db/orders",
                "postgresql://hub:secret@db",
                "postgresql:secret",
                "postgresql://hub:secret@db,/orders",
                "postgresql://hub:secret@db:port/orders",
                "postgresql://hub:sec ret@db/orders",
                "secret"
            })
    void anotherTextIsRejectedWithoutBeingRepeated(String url) {
        assertThatThrownBy(() -> PostgresAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: postgresql://user@host:5432/database")
                .hasNoCause()
                .hasMessageNotContaining("sec");
    }
}
