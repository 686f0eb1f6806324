package waybill.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import waybill.messaging.MessagePage;
import waybill.messaging.MessageQueues;
import waybill.messaging.Queue;
import waybill.messaging.QueueDepth;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;

/// The queues of the store in memory.
///
/// @param committed the newest version of everything
record InMemoryMessageQueues(Supplier<InMemoryUnitOfWork> committed) implements MessageQueues {

    @Override
    public MessagePage listMessages(Queue queue, String reader, long after, long upTo, MessagePage.PageLimit limit) {
        return page(messagesFor(reader).filter(letter -> letter.queue().equals(queue)), after, upTo, limit);
    }

    private static MessagePage page(Stream<QueuedMessage> letters, long after, long upTo, MessagePage.PageLimit limit) {
        var page = new ArrayList<QueuedMessage>();
        var characters = 0L;
        for (var letter : letters.filter(one -> one.eventId() > after && one.eventId() <= upTo)
                .toList()) {
            if (page.size() == limit.messagesMax() || characters >= limit.charactersMax()) {
                return new MessagePage(page, true);
            }
            page.add(letter);
            characters += letter.document().length();
        }
        return new MessagePage(page, false);
    }

    @Override
    public MessagePage listMessages(Topic topic, String reader, long after, long upTo, MessagePage.PageLimit limit) {
        return page(messagesFor(reader).filter(letter -> letter.queue().topic() == topic), after, upTo, limit);
    }

    @Override
    public List<QueueDepth> listDepths(String store) {
        return listDepths().stream()
                .filter(depth -> depth.queue().store().equals(store))
                .toList();
    }

    @Override
    public boolean storeExists(String name) {
        return committed.get().storeExists(name);
    }

    @Override
    public List<QueueDepth> listDepths() {
        var depths = new LinkedHashMap<Queue, QueueDepth>();
        messagesFor("no-reader")
                .sorted(Comparator.<QueuedMessage, String>comparing(
                                letter -> letter.queue().store())
                        .thenComparing(letter -> letter.queue().topic()))
                .forEach(letter -> depths.merge(
                        letter.queue(),
                        new QueueDepth(letter.queue(), 1, letter.receivedAt()),
                        (sum, _) -> new QueueDepth(sum.queue(), sum.messages() + 1, sum.oldest())));
        return List.copyOf(depths.values());
    }

    private Stream<QueuedMessage> messagesFor(String reader) {
        var books = committed.get();
        return books.mailbox.stream()
                .map(books::message)
                .filter(letter -> !letter.queue().topic().isForDrivers()
                        || (InMemoryMessageWriter.isFor(letter, reader)
                                && !books.pickupAcks
                                        .getOrDefault(letter.eventId(), Set.of())
                                        .contains(reader)));
    }
}
