package io.strongroom.agent.launch;

import io.strongroom.agent.settings.Setting;
import io.strongroom.agent.settings.Settings;
import java.time.Duration;

/**
 * What the agent may take.
 *
 * @param rssBytes of memory
 * @param cpuPercent of one processor, on average over the window
 * @param window over which the processor's time is averaged
 */
record Limits(long rssBytes, int cpuPercent, Duration window) {

    static Limits of(Settings settings) {
        return new Limits(
                (long) settings.number(Setting.LIMIT_MEMORY_MIB) << 20,
                settings.number(Setting.LIMIT_CPU_PERCENT),
                settings.seconds(Setting.LIMIT_CPU_WINDOW_SECONDS));
    }
}
