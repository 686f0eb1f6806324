package waybill.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;

class TriggerTableTest {

    private static final List<Role> ROLES = List.of(Role.CUSTOMER, Role.MERCHANT, Role.DRIVER, Role.ADMIN);

    @Test
    void thePageHasTheTableOfTheCode() throws IOException {
        var page = Files.readAllLines(Path.of("../docs/notifications.md"));
        var rows = new ArrayList<String>();
        for (var trigger : Trigger.values()) {
            rows.add("| `" + trigger.wireName() + "` | "
                    + ROLES.stream().map(role -> cell(trigger, role)).collect(Collectors.joining(" | ")) + " |");
        }
        assertThat(page.stream().filter(line -> line.matches("\\| `[a-z_]+` \\| (push|mail|–).*")))
                .containsExactlyElementsOf(rows);
    }

    private static String cell(Trigger trigger, Role role) {
        var channels = TriggerTable.channels(trigger, role);
        return channels.isEmpty()
                ? "–"
                : channels.stream().map(channel -> channel.wireName()).collect(Collectors.joining(", "));
    }

    @Test
    void everyTriggerIsSentToOneRoleAtLeast() {
        for (var trigger : Trigger.values()) {
            assertThat(ROLES)
                    .anyMatch(role -> !TriggerTable.channels(trigger, role).isEmpty());
            assertThat(Trigger.parse(trigger.wireName())).contains(trigger);
        }
    }

    @Test
    void aTargetIsReadBackFromItsKey() {
        for (var target : List.of(
                new Target.OfStore("a:b"),
                new Target.OfUser(new UserId(Role.DRIVER, "store:7")),
                new Target.OfUser(new UserId(Role.CUSTOMER, "7")))) {
            assertThat(Target.parse(target.key())).isEqualTo(target);
        }
    }
}
