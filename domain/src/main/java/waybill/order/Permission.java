package waybill.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.Access;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;

/// Whether somebody may do something to an order: the access table, asked about the order as it stands.
public final class Permission {

    /// What each command that moves an order in one step is to the access table.
    private static final Map<Class<? extends OrderCommand>, Action> KINDS = Map.ofEntries(
            Map.entry(OrderCommand.Pay.class, Action.CONFIRM_PAYMENT),
            Map.entry(OrderCommand.Accept.class, Action.ACCEPT),
            Map.entry(OrderCommand.Decline.class, Action.DECLINE),
            Map.entry(OrderCommand.Prepare.class, Action.PREPARE),
            Map.entry(OrderCommand.MarkReady.class, Action.MARK_READY),
            Map.entry(OrderCommand.Assign.class, Action.ASSIGN_DRIVER),
            Map.entry(OrderCommand.Claim.class, Action.CLAIM),
            Map.entry(OrderCommand.PickUp.class, Action.PICK_UP),
            Map.entry(OrderCommand.Depart.class, Action.DEPART),
            Map.entry(OrderCommand.Deliver.class, Action.DELIVER),
            Map.entry(OrderCommand.Cancel.class, Action.CANCEL),
            Map.entry(OrderCommand.Fail.class, Action.FAIL),
            Map.entry(OrderCommand.Return.class, Action.RETURN));

    private Permission() {}

    /// What the principal has to do with the order.
    public static Relation relation(Principal principal, Order order) {
        return switch (principal.role()) {
            case CUSTOMER ->
                order.details().customer().filter(principal.id()::equals).isPresent()
                        ? Relation.CUSTOMER
                        : Relation.NONE;
            case MERCHANT ->
                principal.store().filter(order.store()::equals).isPresent() ? Relation.STORE : Relation.NONE;
            case DRIVER ->
                order.driver().filter(Actor.of(principal)::equals).isPresent() ? Relation.DRIVER : Relation.NONE;
            case ADMIN, SUPPORT -> Relation.NONE;
        };
    }

    public static boolean allows(Principal principal, Action action, Order order) {
        return Access.allows(principal.role(), action, relation(principal, order));
    }

    /// Where the order may be brought from here by this speaker, in the order of its life.
    static List<OrderState> nextStates(Speaker speaker, Order order) {
        return OrderMachine.from(order.state())
                .filter(row -> KINDS.containsKey(row.on()) && mayTake(speaker, KINDS.get(row.on()), order))
                .map(OrderMachine.Row::to)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean mayTake(Speaker speaker, Action action, Order order) {
        return switch (speaker) {
            case Speaker.Believed _ -> true;
            case Speaker.Known(var principal) ->
                allows(principal, action, order)
                        && (action != Action.CLAIM
                                || order.driver().isEmpty()
                                || relation(principal, order) == Relation.DRIVER);
        };
    }

    static boolean allows(Speaker speaker, OrderCommand command, Order order) {
        return switch (speaker) {
            case Speaker.Believed _ -> true;
            case Speaker.Known(var principal) -> {
                var relation = relation(principal, order);
                yield action(command, relation)
                        .filter(action -> Access.allows(principal.role(), action, relation))
                        .isPresent();
            }
        };
    }

    /// Empty for what nobody but the hub does.
    private static Optional<Action> action(OrderCommand command, Relation relation) {
        return switch (command) {
            case OrderCommand.Place _ -> Optional.of(Action.PLACE_ORDER);
            case OrderCommand.Pay _ -> Optional.of(Action.CONFIRM_PAYMENT);
            case OrderCommand.Accept _ -> Optional.of(Action.ACCEPT);
            case OrderCommand.Decline _ -> Optional.of(Action.DECLINE);
            case OrderCommand.Expire _ -> Optional.empty();
            case OrderCommand.Prepare _ -> Optional.of(Action.PREPARE);
            case OrderCommand.MarkReady _ -> Optional.of(Action.MARK_READY);
            case OrderCommand.Assign _ -> Optional.of(Action.ASSIGN_DRIVER);
            case OrderCommand.Claim _ -> Optional.of(Action.CLAIM);
            case OrderCommand.PickUp _ -> Optional.of(Action.PICK_UP);
            case OrderCommand.Depart _ -> Optional.of(Action.DEPART);
            case OrderCommand.Deliver _ -> Optional.of(Action.DELIVER);
            case OrderCommand.Cancel _ -> Optional.of(Action.CANCEL);
            case OrderCommand.Fail _ -> Optional.of(Action.FAIL);
            case OrderCommand.Return _ -> Optional.of(Action.RETURN);
            case OrderCommand.Collect _ -> Optional.of(relation == Relation.DRIVER ? Action.DEPART : Action.CLAIM);
            case OrderCommand.HandOver _ -> Optional.of(relation == Relation.DRIVER ? Action.DELIVER : Action.CLAIM);
        };
    }
}
