/** Patterns of streams and fields, and the automaton that matches all fields of a record in one walk. */
@NullMarked
package io.strongroom.policies.pattern;

import org.jspecify.annotations.NullMarked;
