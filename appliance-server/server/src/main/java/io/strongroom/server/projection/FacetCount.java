package io.strongroom.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * How many records have a value.
 *
 * @param value the value as text, a label as name=value; null where only {@code example} tells
 * @param records how many
 * @param example the seq of a record that has it; −1 where the value is told
 */
public record FacetCount(@Nullable String value, long records, long example) {}
