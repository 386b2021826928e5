package io.strongroom.agent.queue;

/**
 * What the queue may take, over all streams.
 *
 * @param mostBytes on disk
 * @param mostAgeMillis of a line that is in no batch
 * @param leastFreeBytes that stay free on the disk
 */
public record QueueLimits(long mostBytes, long mostAgeMillis, long leastFreeBytes) {}
