/** The style sheets of every page, in their order; those of components come with them. */
import './mantine.css';
import './tokens.css';
import './base.css';
import './elder.css';
import './sparing.css';
import './print.css';
