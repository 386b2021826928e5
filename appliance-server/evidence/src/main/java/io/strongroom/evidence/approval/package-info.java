/** What officers sign when they approve a change of policy, and when their signatures count (formats §8). */
@NullMarked
package io.strongroom.evidence.approval;

import org.jspecify.annotations.NullMarked;
