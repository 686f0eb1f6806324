package waybill.bench.jmh;

/// The messages of the benchmarks: a position as a driver sends it, and as viewers receive it.
final class SampleMessages {

    /// Makes the benchmark's thread allocate as an event loop does.
    static final String AS_ON_A_LOOP = "-Dio.netty.allocator.useCachedMagazinesForNonEventLoopThreads=true";

    static final String NAMESPACE = "/realtime";
    static final String SENT = """
            2/realtime,["driver:location",{"orderId":"order-17","latitude":6.927017,"longitude":79.861017,\
            "heading":17,"speed":42.5,"ts":1795000000123456}]""";
    static final String RECEIVED = """
            {"orderId":"order-17","latitude":6.927017,"longitude":79.861017,"heading":17.0,"speed":42.5,\
            "ts":1795000000123456,"driverId":"driver-17","timestamp":1795000000123}""";

    private SampleMessages() {}
}
