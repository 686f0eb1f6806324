package waybill.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {

    @Test
    void aRandomNameIsOneThatAnOperatorMayGive() {
        var random = new Random(7);
        var node = NodeId.random(random);
        assertThat(new NodeId(node.toString())).isEqualTo(node).isNotEqualTo(NodeId.random(random));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a/b", "line\n"})
    void aNameThatCannotBeALabelIsRejected(String name) {
        assertThatThrownBy(() -> new NodeId(name)).hasMessageContaining("(expected: 1..64 letters, digits");
    }
}
