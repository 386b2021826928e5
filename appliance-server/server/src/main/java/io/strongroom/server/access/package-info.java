/** Who may call: service tokens, the setup code, scopes. */
@NullMarked
package io.strongroom.server.access;

import org.jspecify.annotations.NullMarked;
