package waybill.cli;

import java.util.function.Consumer;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.EventText;
import waybill.cli.caps.Profile;

/// Prints the events of an app that runs by itself.
final class EventPrinter {

    private EventPrinter() {}

    static Consumer<ClientEvent> printer(Profile profile) {
        var text = new EventText(profile);
        return event -> text.of(event).forEach(System.out::println);
    }
}
