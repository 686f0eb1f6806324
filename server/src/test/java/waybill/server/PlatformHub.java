package waybill.server;

/// Starts hubs on platforms of tests of other packages, with a time of their own, for example.
public final class PlatformHub {

    private PlatformHub() {}

    public static WaybillServer start(Config config, Platform platform) {
        return WaybillServer.start(config, platform);
    }
}
