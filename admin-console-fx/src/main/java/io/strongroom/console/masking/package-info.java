/** What each role sees of a sample record, decided on this machine. */
@NullMarked
package io.strongroom.console.masking;

import org.jspecify.annotations.NullMarked;
