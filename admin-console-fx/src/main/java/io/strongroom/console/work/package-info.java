/** Work off the UI thread, and lists that fill while one looks at them. */
@NullMarked
package io.strongroom.console.work;

import org.jspecify.annotations.NullMarked;
