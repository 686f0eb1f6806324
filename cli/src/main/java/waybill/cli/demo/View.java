package waybill.cli.demo;

import waybill.cli.caps.ClientEvent;

/// How the demo is shown.
public interface View extends AutoCloseable {

    /// Somebody has news. Called on the threads of the apps.
    void onEvent(String who, ClientEvent news);

    /// Some time has passed.
    void refresh(Screen.Frame frame, long nowMs);

    @Override
    void close();
}
