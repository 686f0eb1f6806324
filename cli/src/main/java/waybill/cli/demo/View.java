package waybill.cli.demo;

import waybill.cli.caps.ClientEvent;

/// The output of the demo.
public interface View extends AutoCloseable {

    /// An app reported an event. Called on the threads of the apps.
    void onEvent(String source, ClientEvent event);

    /// Called periodically.
    void refresh(Screen.Frame frame, long nowMs);

    @Override
    void close();
}
