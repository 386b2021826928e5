/** What the appliance can do, measured beside what others do with the same data in the same run. */
@NullMarked
package io.strongroom.bench;

import org.jspecify.annotations.NullMarked;
