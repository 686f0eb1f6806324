package waybill.cli.driver;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.Answer;
import waybill.cli.caps.App;
import waybill.cli.caps.Later;
import waybill.cli.caps.Line;
import waybill.cli.caps.News;
import waybill.cli.caps.Outbox;
import waybill.cli.caps.Parcel;
import waybill.cli.caps.Recent;
import waybill.cli.caps.Requests;

/// A driver. A parcel is claimed by saying `in-transit`; the hub lets one driver have it, and offers it to
/// that one again until it is delivered, so that a driver who dies on the way finds it there again.
///
/// A driver has [Pace#handsMax] parcels in hand and some more in mind. What is beyond that stays with the hub, to be
/// asked for when there is room.
public final class Driver implements App {

    /// Parcels in mind beyond those in hand. Of more, only that there are more is remembered.
    static final int IN_MIND_MAX = 1_000;

    /// Parcels remembered as delivered, or as somebody else's, so that repeats are known.
    static final int REMEMBERED_MAX = 10_000;

    private final Line line;
    private final Later later;
    private final Pace pace;
    private final Consumer<News> tell;
    private final Requests requests;
    private final Outbox outbox;
    private final Map<String, Parcel> inHand = new HashMap<>();
    private final SequencedMap<String, Parcel> inMind = new LinkedHashMap<>();
    private final Recent delivered = new Recent(REMEMBERED_MAX);
    private final Recent others = new Recent(REMEMBERED_MAX);
    private boolean isMoreAtHub;

    public Driver(Line line, Later later, Pace pace, Consumer<News> tell) {
        this.line = line;
        this.later = later;
        this.pace = pace;
        this.tell = tell;
        requests = new Requests(line, later, tell);
        outbox = new Outbox(line, later, pace.handsMax());
    }

    @Override
    public void connected() {
        requests.connected();
        requests.say("subscribe", new JSONObject().put("event", "pickup"));
        askForMore();
        outbox.connected();
    }

    @Override
    public void disconnected() {
        requests.disconnected();
        outbox.disconnected();
    }

    @Override
    public void heard(String event, JSONObject message) {
        if (event.equals("pickup")) {
            Parcel.of(message).ifPresent(this::hear);
        }
    }

    /// Delivers the parcel with this code at once, as one does with a scanner at the door.
    public void scan(String code) {
        line.say("scan", new JSONObject().put("code", code), answer -> {
            switch (answer) {
                case Answer.Done _ -> {
                    tell.accept(new News.Scanned(code));
                    inHand.values().stream()
                            .filter(parcel -> parcel.id().equals(code))
                            .findFirst()
                            .ifPresent(this::finish);
                }
                case Answer.Refused(var why, var message, var _) ->
                    tell.accept(new News.Refused("scan " + code, why, message));
            }
        });
    }

    private void hear(Parcel parcel) {
        var key = parcel.key();
        if (delivered.contains(key)) {
            requests.say("received", parcel.receipt("pickup")); // the hub missed it the first time
        } else if (inHand.containsKey(key) || others.contains(key)) {
            return;
        } else if (inHand.size() < pace.handsMax()) {
            take(parcel);
        } else if (inMind.size() < IN_MIND_MAX) {
            inMind.putIfAbsent(key, parcel);
        } else {
            isMoreAtHub = true;
        }
    }

    private void take(Parcel parcel) {
        inHand.put(parcel.key(), parcel);
        later.after(pace.pickUpAfter(), () -> pickUp(parcel));
    }

    private void pickUp(Parcel parcel) {
        if (!isInHand(parcel)) {
            return;
        }
        tell.accept(new News.PickingUp(parcel));
        outbox.offer(parcel.key(), "in-transit", parcel.saidAs("in-transit"), answer -> pickedUp(parcel, answer));
    }

    private void pickedUp(Parcel parcel, Answer answer) {
        switch (answer) {
            case Answer.Done _ -> {
                tell.accept(new News.PickedUp(parcel));
                later.after(pace.deliverAfter(), () -> deliver(parcel));
            }
            case Answer.Refused refused -> giveUp(parcel, refused);
        }
    }

    private void deliver(Parcel parcel) {
        if (isInHand(parcel)) {
            outbox.offer(parcel.key(), "delivered", parcel.saidAs("delivered"), answer -> delivered(parcel, answer));
        }
    }

    private void delivered(Parcel parcel, Answer answer) {
        switch (answer) {
            case Answer.Done _ -> {
                if (isInHand(parcel)) {
                    tell.accept(new News.Delivered(parcel));
                    finish(parcel);
                }
            }
            case Answer.Refused refused -> giveUp(parcel, refused);
        }
    }

    private void finish(Parcel parcel) {
        delivered.add(parcel.key());
        requests.say("received", parcel.receipt("pickup"));
        letGo(parcel);
    }

    private void giveUp(Parcel parcel, Answer.Refused refused) {
        others.add(parcel.key());
        tell.accept(
                refused.isConflict()
                        ? new News.Lost(parcel)
                        : new News.Refused("parcel " + parcel.id(), refused.code(), refused.message()));
        letGo(parcel);
    }

    private void letGo(Parcel parcel) {
        inHand.remove(parcel.key());
        var next = inMind.pollFirstEntry();
        if (next != null) {
            take(next.getValue());
        } else if (isMoreAtHub) {
            askForMore();
        }
    }

    private boolean isInHand(Parcel parcel) {
        return inHand.containsKey(parcel.key());
    }

    private void askForMore() {
        isMoreAtHub = false;
        requests.say("getAll", new JSONObject().put("event", "pickup"));
    }
}
