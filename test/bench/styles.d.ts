/** Style sheets are for the bundler of the bare page. */
declare module "*.css";
