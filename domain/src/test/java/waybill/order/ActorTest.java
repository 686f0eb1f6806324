package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActorTest {

    @ParameterizedTest
    @EnumSource(Actor.Kind.class)
    void anActorIsParsedFromItsText(Actor.Kind kind) {
        var actor = new Actor(kind, "a:b c");
        assertThat(Actor.parse(actor.toString())).isEqualTo(actor);
    }

    @Test
    void malformedTextIsRejectedWithTheExpectedForm() {
        assertThatThrownBy(() -> Actor.parse("kari")).hasMessage("actor: kari (expected: kind:id)");
        assertThatThrownBy(() -> Actor.parse("pilot:kari")).isInstanceOf(IllegalArgumentException.class);
    }
}
