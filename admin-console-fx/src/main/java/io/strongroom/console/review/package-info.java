/** Proposals of policy: what they change, what that would have done, and what officers say of them. */
@NullMarked
package io.strongroom.console.review;

import org.jspecify.annotations.NullMarked;
