/** The two roles' connections, and the one place where the tenant is set. */
@NullMarked
package io.strongroom.server.database;

import org.jspecify.annotations.NullMarked;
