/** What people prove who they are with: passwords, codes of an authenticator, recovery codes, and how often they may try. */
@NullMarked
package io.strongroom.server.access.secret;

import org.jspecify.annotations.NullMarked;
