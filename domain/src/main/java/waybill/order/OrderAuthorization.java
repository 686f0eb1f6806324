package waybill.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;

/// Applies the access table to an order in its current state.
public final class OrderAuthorization {

    /// The action of each command that changes the state of an order in one step.
    private static final Map<Class<? extends OrderCommand>, Action> ACTIONS = Map.ofEntries(
            Map.entry(OrderCommand.Pay.class, Action.CONFIRM_PAYMENT),
            Map.entry(OrderCommand.Accept.class, Action.ACCEPT),
            Map.entry(OrderCommand.Decline.class, Action.DECLINE),
            Map.entry(OrderCommand.Prepare.class, Action.PREPARE),
            Map.entry(OrderCommand.MarkReady.class, Action.MARK_READY),
            Map.entry(OrderCommand.Assign.class, Action.ASSIGN_DRIVER),
            Map.entry(OrderCommand.Claim.class, Action.CLAIM),
            Map.entry(OrderCommand.PickUp.class, Action.PICK_UP),
            Map.entry(OrderCommand.StartTransit.class, Action.START_TRANSIT),
            Map.entry(OrderCommand.Deliver.class, Action.DELIVER),
            Map.entry(OrderCommand.Cancel.class, Action.CANCEL),
            Map.entry(OrderCommand.Fail.class, Action.FAIL),
            Map.entry(OrderCommand.Return.class, Action.RETURN));

    private OrderAuthorization() {}

    public static Relation relationTo(Principal principal, Order order) {
        return switch (principal.role()) {
            case CUSTOMER ->
                order.details().customer().filter(principal.id()::equals).isPresent()
                        ? Relation.CUSTOMER
                        : Relation.NONE;
            case MERCHANT ->
                principal.store().filter(order.store()::equals).isPresent() ? Relation.STORE : Relation.NONE;
            case DRIVER ->
                order.driver().filter(Actor.of(principal)::equals).isPresent() ? Relation.DRIVER : Relation.NONE;
            case ADMIN, SUPPORT, SERVICE -> Relation.NONE;
        };
    }

    public static boolean allows(Principal principal, Action action, Order order) {
        return AccessTable.allows(principal.role(), action, relationTo(principal, order));
    }

    /// The states that the caller may move the order to, in the order of the lifecycle.
    public static List<OrderState> reachableStates(Caller caller, Order order) {
        return OrderStateMachine.transitionsFrom(order.state())
                .filter(row ->
                        ACTIONS.containsKey(row.command()) && canTransition(caller, ACTIONS.get(row.command()), order))
                .map(OrderStateMachine.Transition::to)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean canTransition(Caller caller, Action action, Order order) {
        return switch (caller) {
            case Caller.Trusted _ -> true;
            case Caller.Authenticated(var principal) ->
                allows(principal, action, order)
                        && (action != Action.CLAIM
                                || order.driver().isEmpty()
                                || relationTo(principal, order) == Relation.DRIVER);
        };
    }

    public static boolean allows(Caller caller, OrderCommand command, Order order) {
        return switch (caller) {
            case Caller.Trusted _ -> true;
            case Caller.Authenticated(var principal) -> {
                var relation = relationTo(principal, order);
                yield requiredAction(command, relation)
                        .filter(action -> AccessTable.allows(principal.role(), action, relation))
                        .isPresent();
            }
        };
    }

    private static Action arriveAt(Stop stop) {
        return switch (stop) {
            case PICKUP -> Action.ARRIVE_AT_PICKUP;
            case DROPOFF -> Action.ARRIVE_AT_DROPOFF;
        };
    }

    /// Empty for commands that only the hub sends.
    private static Optional<Action> requiredAction(OrderCommand command, Relation relation) {
        return switch (command) {
            case OrderCommand.Place _ -> Optional.of(Action.PLACE_ORDER);
            case OrderCommand.Pay _ -> Optional.of(Action.CONFIRM_PAYMENT);
            case OrderCommand.Accept _ -> Optional.of(Action.ACCEPT);
            case OrderCommand.Decline _ -> Optional.of(Action.DECLINE);
            case OrderCommand.Arrive arrive -> Optional.of(arriveAt(arrive.stop()));
            case OrderCommand.Expire _,
                    OrderCommand.Approach _,
                    OrderCommand.CorrectArrival _,
                    OrderCommand.MakeOffer _,
                    OrderCommand.CloseOffer _,
                    OrderCommand.OpenDelay _,
                    OrderCommand.CloseDelay _ -> Optional.empty();
            case OrderCommand.SetTimes _ -> Optional.of(Action.SET_TIMES);
            case OrderCommand.AcceptOffer _, OrderCommand.DeclineOffer _ -> Optional.of(Action.ANSWER_OFFER);
            case OrderCommand.Prepare _ -> Optional.of(Action.PREPARE);
            case OrderCommand.MarkReady _ -> Optional.of(Action.MARK_READY);
            case OrderCommand.Assign _ -> Optional.of(Action.ASSIGN_DRIVER);
            case OrderCommand.Claim _ -> Optional.of(Action.CLAIM);
            case OrderCommand.HandBack _ -> Optional.of(Action.HAND_BACK);
            case OrderCommand.PickUp _ -> Optional.of(Action.PICK_UP);
            case OrderCommand.StartTransit _ -> Optional.of(Action.START_TRANSIT);
            case OrderCommand.Deliver _ -> Optional.of(Action.DELIVER);
            case OrderCommand.Cancel _ -> Optional.of(Action.CANCEL);
            case OrderCommand.Fail _ -> Optional.of(Action.FAIL);
            case OrderCommand.Return _ -> Optional.of(Action.RETURN);
            case OrderCommand.CollectParcel _ ->
                Optional.of(relation == Relation.DRIVER ? Action.START_TRANSIT : Action.CLAIM);
            case OrderCommand.RecordProof _ -> Optional.of(Action.RECORD_PROOF);
            case OrderCommand.DeliverParcel _, OrderCommand.ScanParcel _ ->
                Optional.of(relation == Relation.DRIVER ? Action.DELIVER : Action.CLAIM);
        };
    }
}
