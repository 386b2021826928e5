/**
 * Log lines of many kinds, read as events: who did what to what, when, and how it ended.
 *
 * <p>One small class for each kind, behind {@link io.strongroom.lines.LineReader}. No line is ever dropped: one
 * that tells nothing is kept whole.
 */
@NullMarked
package io.strongroom.lines;

import org.jspecify.annotations.NullMarked;
