package io.strongroom.server.telemetry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** In which unit a number comes, and what it becomes. What cannot be true is no value at all. */
enum Unit {
    /** A share, from 0 to 1. */
    RATIO(1, 0, 1),
    /** A share of hundred, from 0 to 100. */
    PERCENT(1e-2, 0, 1),
    /** Becomes seconds. */
    MILLISECONDS(1e-3, 0, 1e12),
    SECONDS(1, 0, 1e12),
    BYTES(1, 0, 1e18),
    /** Millions of bits a second; becomes bytes a second. */
    MEGABITS(125_000, 0, 1e18),
    CELSIUS(1, -100, 200),
    COUNT(1, 0, 1e15);

    private final double factor;
    private final double least;
    private final double most;

    Unit(double factor, double least, double most) {
        this.factor = factor;
        this.least = least;
        this.most = most;
    }

    /** The number in OpenTelemetry's unit; empty where it is out of range. */
    OptionalDouble of(double told) {
        if (!Double.isFinite(told)) {
            return OptionalDouble.empty();
        }
        // 12.5 % is 0.125 and not 0.12500000000000003.
        double value = factor == 1
                ? told
                : BigDecimal.valueOf(told)
                        .multiply(BigDecimal.valueOf(factor), MathContext.DECIMAL64)
                        .doubleValue();
        return value >= least && value <= most ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
