//! Pages as browsers see them: a whole site for one city, asked without a network.

mod catalogue;
mod support;
