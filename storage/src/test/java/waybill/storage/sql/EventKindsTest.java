package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The numbers by which kinds of events are stored.
class EventKindsTest {

    @Test
    void noTwoKindsHaveTheSameNumber() throws IllegalAccessException {
        var numbers = new ArrayList<Integer>();
        for (var field : EventJson.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                field.setAccessible(true);
                numbers.add(field.getInt(null));
            }
        }
        assertThat(numbers).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }
}
