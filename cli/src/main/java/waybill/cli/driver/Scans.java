package waybill.cli.driver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.Answer;
import waybill.cli.caps.App;
import waybill.cli.caps.Later;
import waybill.cli.caps.Line;
import waybill.cli.caps.News;
import waybill.cli.caps.Outbox;

/// A driver with nothing but a scanner: delivers the parcels with the given codes and takes no others.
public final class Scans implements App {

    private final Outbox outbox;
    private final Consumer<News> tell;
    private final CompletableFuture<Boolean> allDelivered = new CompletableFuture<>();
    private boolean isAnyRefused;

    public Scans(List<String> codes, Line line, Later later, Consumer<News> tell) {
        this.tell = tell;
        outbox = new Outbox(line, later, codes.size());
        for (var code : codes) {
            outbox.offer(code, "scan", new JSONObject().put("code", code), answer -> scanned(code, answer));
        }
    }

    /// Completes when every code is answered, with whether all were delivered.
    public CompletableFuture<Boolean> allDelivered() {
        return allDelivered;
    }

    @Override
    public void connected() {
        outbox.connected();
    }

    @Override
    public void disconnected() {
        outbox.disconnected();
    }

    @Override
    public void heard(String event, JSONObject message) {} // a scanner has no ears

    private void scanned(String code, Answer answer) {
        switch (answer) {
            case Answer.Done _ -> tell.accept(new News.Scanned(code));
            case Answer.Refused(var why, var message, var _) -> {
                isAnyRefused = true;
                tell.accept(new News.Refused("scan " + code, why, message));
            }
        }
        if (outbox.isEmpty()) {
            allDelivered.complete(!isAnyRefused);
        }
    }
}
