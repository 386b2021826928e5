/** Disclosures of committed fields, encrypted under the keys of their subjects. */
@NullMarked
package io.strongroom.server.privacy;

import org.jspecify.annotations.NullMarked;
