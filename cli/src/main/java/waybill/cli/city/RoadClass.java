package waybill.cli.city;

/// A class of streets.
public enum RoadClass {
    MOTORWAY(17, 15),
    MAJOR(12, 10.5),
    MINOR(8, 6.5);

    private final double speed;
    private final double halfWidth;

    RoadClass(double speed, double halfWidth) {
        this.speed = speed;
        this.halfWidth = halfWidth;
    }

    /// Metres per second in the traffic of a day.
    public double speed() {
        return speed;
    }

    /// From its middle to the buildings, in metres.
    double halfWidth() {
        return halfWidth;
    }
}
