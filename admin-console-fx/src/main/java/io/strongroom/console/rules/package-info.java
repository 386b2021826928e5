/** The rules as a git repository on this machine, and what screens of policy have in common. */
@NullMarked
package io.strongroom.console.rules;

import org.jspecify.annotations.NullMarked;
