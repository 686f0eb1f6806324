package waybill.cli.kill;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The messages that have reached a service: what each is about, and under which ids it came. The service can hold its
/// answers back. Guarded by its monitor.
final class Arrivals {

    private final TreeMap<String, Set<String>> idsByTopic = new TreeMap<>();
    private CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);

    synchronized void holdAnswers() {
        answers = new CompletableFuture<>();
    }

    synchronized void giveAnswers() {
        answers.complete(null);
    }

    /// A message has come; returns when the service may answer.
    void add(String topic, String id) {
        CompletableFuture<Void> mayAnswer;
        synchronized (this) {
            idsByTopic.computeIfAbsent(topic, _ -> new HashSet<>()).add(id);
            mayAnswer = answers;
            notifyAll();
        }
        mayAnswer.join();
    }

    synchronized Set<String> topics() {
        return Set.copyOf(idsByTopic.keySet());
    }

    synchronized void awaitTopics(int count) throws InterruptedException {
        while (idsByTopic.size() < count) {
            wait();
        }
    }

    synchronized boolean isEachUnderOneId() {
        return idsByTopic.values().stream().allMatch(ids -> ids.size() == 1);
    }
}
