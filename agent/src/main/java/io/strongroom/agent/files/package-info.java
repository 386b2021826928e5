/** Files that are whole or not there, whatever happens meanwhile. */
@NullMarked
package io.strongroom.agent.files;

import org.jspecify.annotations.NullMarked;
