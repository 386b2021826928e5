/** The screen of people: accounts, invitations and keys, service tokens, and one's own account. */
@NullMarked
package io.strongroom.console.people;

import org.jspecify.annotations.NullMarked;
