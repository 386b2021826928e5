package io.strongroom.agent.launch;

import io.strongroom.agent.launch.Overrun.Cause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges one run of the agent by what the kernel tells of it, look by look. */
final class Watch {
    /** Memory counts only if two looks in a row see it: a peak between two collections of garbage is none. */
    private static final int MEMORY_LOOKS = 2;

    /** A machine that slept looked no more often than the agent could beat, so looks are counted and not time. */
    static final int HUNG_LOOKS = 24;

    private final Limits limits;
    private final Deque<Sample> window = new ArrayDeque<>();
    private int overMemory;
    private int silent;

    Watch(Limits limits) {
        this.limits = limits;
    }

    /** A look. */
    Optional<Overrun> look(Sample sample) {
        Sample before = window.peekLast();
        overMemory = sample.rssBytes() > limits.rssBytes() ? overMemory + 1 : 0;
        // One that does not beat yet is still on its way.
        silent = before != null && sample.beats() > 0 && before.beats() == sample.beats() ? silent + 1 : 0;
        window.addLast(sample);
        while (window.size() > 2 && age(second(), sample).compareTo(limits.window()) >= 0) {
            window.removeFirst();
        }
        Sample first = window.getFirst();
        if (overMemory >= MEMORY_LOOKS) {
            return Optional.of(new Overrun(
                    Cause.MEMORY,
                    busiest(first, sample),
                    "It took " + (sample.rssBytes() >> 20) + " MiB of memory, of " + (limits.rssBytes() >> 20) + "."));
        }
        if (silent >= HUNG_LOOKS) {
            return Optional.of(new Overrun(Cause.HUNG, busiest(first, sample), "It gave no sign of life."));
        }
        return processor(first, sample);
    }

    private Sample second() {
        var all = window.iterator();
        Sample unused = all.next();
        return all.next();
    }

    private static Duration age(Sample from, Sample to) {
        return Duration.ofNanos(to.nanos() - from.nanos());
    }

    private Optional<Overrun> processor(Sample first, Sample last) {
        long took = age(first, last).toMillis();
        if (took < limits.window().toMillis()) {
            return Optional.empty();
        }
        long percent = Math.ceilDiv((last.cpuMillis() - first.cpuMillis()) * 100, took);
        return percent <= limits.cpuPercent()
                ? Optional.empty()
                : Optional.of(new Overrun(
                        Cause.CPU,
                        busiest(first, last),
                        "It took " + percent + " % of a processor over " + took / 1000 + " s, of " + limits.cpuPercent()
                                + " %."));
    }

    /** Whose thread used the processor most, as far back as is known; null if none did. */
    @Nullable
    String busiest() {
        return window.isEmpty() ? null : busiest(window.getFirst(), window.getLast());
    }

    private static @Nullable String busiest(Sample first, Sample last) {
        String busiest = null;
        long most = 0;
        for (Map.Entry<String, Long> each : last.collectorCpuMillis().entrySet()) {
            long used = each.getValue() - first.collectorCpuMillis().getOrDefault(each.getKey(), 0L);
            if (used > most) {
                most = used;
                busiest = each.getKey();
            }
        }
        return busiest;
    }
}
