/** What an operator asks the appliance: is it well, how much does it do, where is time spent, what does its API look like. */
@NullMarked
package io.strongroom.server.ops;

import org.jspecify.annotations.NullMarked;
