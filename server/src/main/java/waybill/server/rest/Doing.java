package waybill.server.rest;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import waybill.order.Journal;

/// What there is to do for a request that was understood.
sealed interface Doing {

    /// Nothing more: here is the answer.
    record Said(Reply reply) implements Doing {}

    /// Something is read from the disk, which event loops must not wait for.
    record Reading(Supplier<Reply> read) implements Doing {}

    /// Something is written. The answer is part of the transaction, so that it can be kept with it.
    record Writing(Journal.Work<Reply> work) implements Doing {}

    /// Something is read, and then something is written that depends on it.
    record Preparing(Supplier<Journal.Work<Reply>> read) implements Doing {}

    /// Somebody else does it and says when it is done.
    record Awaiting(CompletionStage<Reply> reply) implements Doing {}

    /// Understands a request, or throws the [Problem] that it has. Runs on an event loop.
    @FunctionalInterface
    interface Handling {
        Doing of(Call call);
    }
}
