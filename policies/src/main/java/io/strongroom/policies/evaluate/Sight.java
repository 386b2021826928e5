package io.strongroom.policies.evaluate;

/**
 * By which rules of a compiled policy somebody sees the records of a stream; of no meaning to another policy or stream.
 *
 * @param profile the masking profile, counted among those of the stream; −1 for none
 * @param exportRule the export rule, likewise; −1 where nothing is taken out
 */
public record Sight(int profile, int exportRule) {}
