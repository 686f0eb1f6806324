package waybill.access;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AccessTableTest {

    /// Those of users. What a service may do is in a test of its own.
    private static final Set<Role> ROLES = EnumSet.complementOf(EnumSet.of(Role.SERVICE));

    private static final Path AUTHORIZATION_PAGE = Path.of("..", "docs", "authorization.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|[^|]*(\\|.*\\|)$");

    /// Covers every role, action and relation, so that each changed cell shows here. A letter is a permitting
    /// relation: N for none, C for its customer, S for its store, D for its driver.
    @Test
    void everyActionOfEveryRoleInEveryRelationIsDecided() {
        var grid = grid();
        System.out.println(grid);
        assertThat(grid).isEqualTo("""
                                    CUSTOMER  MERCHANT  DRIVER    ADMIN     SUPPORT
                PLACE_ORDER         .C..      ..S.      ....      NCSD      ....
                VIEW_ORDER          .C..      ..S.      ...D      NCSD      NCSD
                SUBSCRIBE_TO_ORDER  .C..      ..S.      ...D      NCSD      NCSD
                LIST_ORDERS         .C..      ..S.      ...D      NCSD      NCSD
                CONFIRM_PAYMENT     ....      ..S.      ....      NCSD      ....
                ACCEPT              ....      ..S.      ....      NCSD      ....
                DECLINE             ....      ..S.      ....      NCSD      ....
                PREPARE             ....      ..S.      ....      NCSD      ....
                MARK_READY          ....      ..S.      ....      NCSD      ....
                SET_TIMES           ....      ..S.      ....      NCSD      ....
                ASSIGN_DRIVER       ....      ..S.      ....      NCSD      ....
                CLAIM               ....      ....      N..D      ....      ....
                ARRIVE_AT_PICKUP    ....      ..S.      ...D      NCSD      ....
                ARRIVE_AT_DROPOFF   ....      ....      ...D      NCSD      ....
                ANSWER_OFFER        ....      ....      N..D      ....      ....
                VIEW_OFFERS         ....      ....      ...D      ....      ....
                HAND_BACK           ....      ....      N..D      NCSD      ....
                PICK_UP             ....      ....      ...D      NCSD      ....
                START_TRANSIT       ....      ....      ...D      NCSD      ....
                DELIVER             ....      ....      ...D      NCSD      ....
                REQUIRE_PROOF       ....      ..S.      ....      NCSD      ....
                RECORD_PROOF        ....      ....      ...D      NCSD      ....
                VIEW_PROOF          .C..      ..S.      ...D      NCSD      NCSD
                FAIL                ....      ....      ...D      NCSD      ....
                RETURN              ....      ..S.      ...D      NCSD      ....
                CANCEL              .C..      ..S.      ....      NCSD      NCSD
                SHARE_ORDER         .C..      ..S.      ...D      NCSD      NCSD
                REPORT_POSITION     ....      ....      ...D      ....      ....
                MANAGE_TRACKERS     ....      ....      ...D      NCSD      ....
                SUBSCRIBE_TO_DRIVER ....      ....      ...D      NCSD      NCSD
                VIEW_DRIVERS        ....      ....      ....      NCSD      NCSD
                SET_BUSINESS_STATUS ....      ..S.      ....      NCSD      ....
                VIEW_PRODUCTS       NCSD      NCSD      NCSD      NCSD      NCSD
                SET_PRODUCTS        ....      ..S.      ....      NCSD      ....
                SET_DRIVER_STATUS   ....      ....      ...D      NCSD      ....
                CREATE_COUPON       ....      ....      ....      NCSD      ....
                SEND_NOTIFICATION   ....      ....      ....      NCSD      NCSD
                EMIT                ....      ....      ....      NCSD      ....
                REGISTER_DEVICE     NCSD      NCSD      NCSD      NCSD      NCSD
                VIEW_QUEUES         ....      ..S.      ....      NCSD      NCSD
                VIEW_LOG            ....      ..S.      ....      NCSD      NCSD
                REPLAY_EVENTS       ....      ....      ....      NCSD      ....
                VIEW_SOCKETS        ....      ....      ....      NCSD      ....
                VIEW_PRESENCE       ....      ....      ....      NCSD      NCSD
                VIEW_ALERTS         ....      ....      ....      NCSD      NCSD
                VIEW_CALIBRATION    ....      ....      ....      NCSD      NCSD
                VIEW_ANALYTICS      ....      ....      ....      NCSD      NCSD
                VIEW_METRICS        ....      ....      ....      NCSD      NCSD
                MANAGE_WEBHOOKS     ....      ....      ....      NCSD      ....
                VIEW_JOBS           ....      ....      ....      NCSD      NCSD
                REPLAY_JOBS         ....      ....      ....      NCSD      ....
                REVOKE_USER         ....      ....      ....      NCSD      ....
                SYNC                NCSD      NCSD      NCSD      NCSD      NCSD
                """);
    }

    @Test
    void aServiceMayEmitEventsAndNothingElse() {
        assertThat(Action.values())
                .filteredOn(action -> !relations(Role.SERVICE, action).isEmpty())
                .containsExactly(Action.EMIT);
    }

    @Test
    void theAuthorizationPageMatchesTheTable() throws IOException {
        var documented = ROW.matcher(Files.readString(AUTHORIZATION_PAGE))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        var expected = Arrays.stream(Action.values())
                .map(action -> action + " "
                        + ROLES.stream()
                                .map(role -> describe(relations(role, action)))
                                .collect(joining(" | ", "| ", " |")))
                .toList();
        assertThat(documented).isEqualTo(expected);
    }

    private static String grid() {
        var grid = new StringBuilder(" ".repeat(20));
        for (var role : ROLES) {
            grid.append(String.format("%-10s", role));
        }
        for (var action : Action.values()) {
            grid.append(String.format("%n%-20s", action));
            for (var role : ROLES) {
                grid.append(String.format("%-10s", relationNames(relations(role, action))));
            }
        }
        return grid.append('\n').toString().replaceAll(" +\n", "\n");
    }

    private static String relationNames(Set<Relation> relations) {
        return Arrays.stream(Relation.values())
                .map(relation -> relations.contains(relation) ? relation.name().substring(0, 1) : ".")
                .collect(joining());
    }

    /// The relations as the page writes them.
    private static String describe(Set<Relation> relations) {
        if (relations.size() == Relation.values().length) {
            return "yes";
        }
        var words = relations.stream()
                .map(relation -> switch (relation) {
                    case NONE -> "unassigned";
                    case CUSTOMER -> "own";
                    case STORE -> "own store's";
                    case DRIVER -> "own as driver";
                })
                .collect(joining(", "));
        return words.isEmpty() ? "no" : words;
    }

    private static Set<Relation> relations(Role role, Action action) {
        var relations = EnumSet.noneOf(Relation.class);
        for (var relation : Relation.values()) {
            if (AccessTable.allows(role, action, relation)) {
                relations.add(relation);
            }
        }
        return relations;
    }
}
