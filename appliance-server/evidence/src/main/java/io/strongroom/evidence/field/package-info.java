/** Fields of a record that can be withheld or erased while its digest holds (in the form of RFC 9901). */
@NullMarked
package io.strongroom.evidence.field;

import org.jspecify.annotations.NullMarked;
