/** Where rules are written: drafts on this machine, checked as one types, tested, and proposed. */
@NullMarked
package io.strongroom.console.workspace;

import org.jspecify.annotations.NullMarked;
