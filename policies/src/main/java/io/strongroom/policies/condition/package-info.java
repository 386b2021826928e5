/** Conditions of rules, in CEL. */
@NullMarked
package io.strongroom.policies.condition;

import org.jspecify.annotations.NullMarked;
