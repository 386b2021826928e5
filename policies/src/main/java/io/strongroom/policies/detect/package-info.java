/** Finds card numbers, e-mail addresses, phone numbers, IBANs and national ids in text. */
@NullMarked
package io.strongroom.policies.detect;

import org.jspecify.annotations.NullMarked;
