/** The audit explorer: records are looked for, read, proven, and chosen for packs. */
@NullMarked
package io.strongroom.console.explorer;

import org.jspecify.annotations.NullMarked;
