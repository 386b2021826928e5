package io.strongroom.agent.launch;

import java.util.Map;

/**
 * What the kernel tells of the agent's process. Nothing that the agent would have to say itself, so that it counts for one
 * that hangs, too.
 *
 * @param nanos when, by a clock that only ever rises
 * @param rssBytes the memory that it occupies
 * @param cpuMillis the processor time that it has used
 * @param collectorCpuMillis the processor time that each collector's thread has used
 * @param beats rises while the agent is alive
 */
record Sample(long nanos, long rssBytes, long cpuMillis, Map<String, Long> collectorCpuMillis, long beats) {
    Sample {
        collectorCpuMillis = Map.copyOf(collectorCpuMillis);
    }
}
