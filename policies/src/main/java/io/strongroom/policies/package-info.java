/** What a policy decides, and the bundles that decide it. Knows no web and no database. */
@NullMarked
package io.strongroom.policies;

import org.jspecify.annotations.NullMarked;
