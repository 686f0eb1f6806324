package waybill.cli;

import java.util.function.Consumer;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.EventText;
import waybill.cli.caps.Profile;

/// Where the apps' news goes when they run by themselves.
final class EventPrinter {

    private EventPrinter() {}

    static Consumer<ClientEvent> printer(Profile profile) {
        var words = new EventText(profile);
        return news -> words.of(news).forEach(System.out::println);
    }
}
